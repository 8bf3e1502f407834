// The script of the report as tools/bundle.py makes it from src/report/web.
#ifndef SR_REPORT_APP_H
#define SR_REPORT_APP_H
extern const char sr_app_bundle[];  // the 3D views, compressed, as base64; "" in a build without them
extern const char sr_app_weeks[];   // the timeline, as source
extern const char sr_app_style[];   // their style sheet
#endif
