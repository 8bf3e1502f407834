// Growing lists without a field for their room.
#ifndef SR_RESULT_LIST_H
#define SR_RESULT_LIST_H
// Room of a list of n items: the smallest power of two that holds them, at least 8.
static inline int sr_list_room(int n)
{
  int room = 8;
  while (room < n) room *= 2;
  return room;
}
#endif
