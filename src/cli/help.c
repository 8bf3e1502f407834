// What `surae --help` and `surae COMMAND --help` print.
#include "cli/cli.h"

static const char program[] =
    "surae: what a leg can still do when a nerve of the calf is cut\n"
    "\n"
    "  surae predict SCENARIO.toml [-o DIR] [--weeks LIST] [--tasks \"LIST\"] [--threads N] [--bodies N]\n"
    "                [--no-slips] [--lang en|zh] [--seed N] [--resume] [--json]\n"
    "  surae course SCENARIO.toml [--weeks LIST] [--seed N] [--json]\n"
    "  surae solve TASK [--speed V] [--scenario F] [--week W] [--cut NODE[=FRACTION][@left|right|both]]...\n"
    "              [--verify] [-o FILE.sto] [--json] [--threads N] [--verbose] [--solver-report FILE]\n"
    "  surae nerves [--json]\n"
    "  surae model export [--scenario F] [--week W] [--tiptoe] -o FILE.osim|FILE.obj\n"
    "  surae validate [--area NAME] [--quick] [--threads N] [-o DIR] [--json]\n"
    "  surae report DIR [-o FILE.html] [--lang en|zh]\n"
    "  surae --version\n"
    "\n"
    "`surae COMMAND --help` explains a command, with examples; `surae solve --help` lists the tasks. Data goes to "
    "stdout,\n"
    "progress to stderr (--progress json: one JSON object per line).\n"
    "\n"
    "Exit code: 0 all solved or proven impossible; 1 some task did not converge; 2 bad input; 3 a file or an internal\n"
    "error; 130 interrupted (what was done is kept; a second Ctrl-C ends the program at once).\n";

static const char predict[] =
    "surae predict SCENARIO.toml: every task of a person, before, after and over the weeks, and the same life without "
    "it\n"
    "\n"
    "  -o DIR            where the result goes; otherwise the scenario's name + \"-out\" in this folder:\n"
    "                    result.json, report.html, sto/ (movements for OpenSim), run_log.jsonl (times, memory)\n"
    "  --weeks LIST      0,2,26 in place of the scenario's weeks\n"
    "  --tasks \"LIST\"    tasks in place of the scenario's, with spaces between them\n"
    "  --lang en|zh      language of the report\n"
    "  --resume          take from DIR/journal.bin what an earlier run has solved, finished or not, if this build made "
    "it\n"
    "                    and person, habits, nerves and interventions are the same; weeks, tasks and language may "
    "differ.\n"
    "                    The result has the same bytes as if the run had never stopped\n"
    "  --json            print result.json on stdout in place of the table\n"
    "  --threads N       solves side by side, otherwise as many as there are cores; the result has the same bytes\n"
    "  --bodies N        how many other bodies do the tasks too, for bands of movements; none if neither this nor the\n"
    "                    scenario says so. With --resume only they are computed\n"
    "  --no-slips        leaves out what a slip to each neighbouring branch of a nerve that is cut would do\n"
    "  --seed N          seed of the set of constants that makes the bands\n"
    "  --isa NAME        computes with generic, avx2 or avx512 instructions, otherwise the widest of the processor\n"
    "  --progress json   progress on stderr as one JSON object per line\n"
    "\n"
    "examples\n"
    "  surae predict examples/article.toml\n"
    "  surae predict examples/article.toml -o result --weeks 0 --tasks \"stand walk:speed_m_s=1.1\" --lang zh\n"
    "  surae predict examples/article.toml --resume --json > result.json\n";

static const char course[] =
    "surae course SCENARIO.toml: muscles, girth and weight over the weeks, and the same life without interventions\n"
    "\n"
    "The loads are those of `predict`: standing and walking are solved at fixed weeks, other tasks are not.\n"
    "\n"
    "  --weeks LIST      0,2,26 in place of the scenario's weeks\n"
    "  --no-slips        leaves out what a slip to each neighbouring branch of a nerve that is cut would do\n"
    "  --seed N          seed of the set of constants that makes the bands\n"
    "  --isa NAME        computes with generic, avx2 or avx512 instructions, otherwise the widest of the processor\n"
    "  --json            print a result without tasks on stdout in place of the table\n"
    "  --progress json   progress on stderr as one JSON object per line\n"
    "\n"
    "examples\n"
    "  surae course examples/article.toml --weeks 0,26,104\n";

static const char solve[] =
    "surae solve TASK: one movement of one body\n"
    "\n"
    "  TASK              stand, heel_raise:legs=left,knee_deg=0, heel_raise:repeat=yes, walk:speed_m_s=1.33,\n"
    "                    jump:legs=both, hop:legs=right,rate_hz=2.2, hop:legs=both,height=greatest, kick:leg=right,\n"
    "                    run:speed_m_s=3; a gait also with speed=fastest or slope_percent=5, a walk with "
    "speed=preferred\n"
    "  --speed V         short for speed_m_s=V\n"
    "  --scenario F      the person and the interventions; otherwise a woman of 25 yr, 160 cm, 52 kg\n"
    "  --week W          the body of that week, 0 if not given: what is cut by then is cut, and the weeks have done "
    "their\n"
    "                    work; any week below 0: the body before\n"
    "  --cut NODE[=FRACTION][@left|right|both]\n"
    "                    cut a nerve, wholly and on both sides if not said; may be repeated. `surae nerves` lists "
    "them\n"
    "  --verify          follows the movement forward in time with an integrator of its own, and says how far it "
    "drifts\n"
    "  -o FILE           the movement as an OpenSim table: coordinates if the name ends in .mot, all columns "
    "otherwise\n"
    "  --json            print a result with one epoch on stdout in place of the table\n"
    "  --threads N       threads of one large solve, otherwise as many as there are cores; the result has the same "
    "bytes\n"
    "  --isa NAME        computes with generic, avx2 or avx512 instructions, otherwise the widest of the processor\n"
    "  --verbose         every iteration of the solver on stderr; an r before it: constraints alone are looked after\n"
    "  --solver-report FILE\n"
    "                    sizes of each problem, every iteration, and where the time went, as one JSON object per line\n"
    "  --progress json   progress on stderr as one JSON object per line\n"
    "\n"
    "examples\n"
    "  surae solve heel_raise:legs=right --cut nerve_to_soleus@right\n"
    "  surae solve walk --speed 1.2 --cut nerve_to_gasmed --cut nerve_to_gaslat=0.5@left -o walk.sto\n"
    "  surae solve stand --scenario examples/article.toml --week -1 --json\n"
    "  surae solve walk --verbose --solver-report walk.jsonl > walk.txt\n";

static const char nerves[] =
    "surae nerves: the nerve tree, who supplies whom, motor or sensory, anatomical variants, sources\n"
    "\n"
    "  --json            the same as JSON, with what a full cut of each node takes\n"
    "\n"
    "examples\n"
    "  surae nerves\n"
    "  surae nerves --json | jq '.nodes[].id'\n";

static const char model_export[] =
    "surae model export -o FILE: the scaled model as an OpenSim 4.5 file (.osim), or the look of the legs (.obj)\n"
    "\n"
    "  -o FILE.osim      where it goes; coordinates have the names of the .mot files of `predict`, which play on it\n"
    "  --scenario F      the person and the interventions; otherwise a woman of 25 yr, 160 cm, 52 kg\n"
    "  -o FILE.obj       both legs from the knee down as surfaces: skin, bones, muscles with what has become of them\n"
    "  --week W          the body of that week, 0 if not given; any week below 0: the body before\n"
    "  --tiptoe          legs on tiptoe, the ankle turned by 30 degrees; standing otherwise\n"
    "\n"
    "What OpenSim cannot express stands in the comments at the top of the file.\n"
    "\n"
    "examples\n"
    "  surae model export -o woman.osim\n"
    "  surae model export --scenario examples/article.toml --week -1 -o before.osim\n"
    "  surae model export --scenario examples/article.toml --week 104 --tiptoe -o legs.obj\n";

static const char validate[] =
    "surae validate: published experiments against ours, row by row, the misses first, and a summary by area\n"
    "\n"
    "  --area NAME       rows of one area: size, strength, ankle, walking, running, disuse, training, denervation, "
    "toxin,\n"
    "                    reinnervation, girth, ...\n"
    "  --quick           without movements: seconds in place of a quarter of an hour of processor\n"
    "  --threads N       jobs side by side, otherwise as many as there are cores; the numbers are the same\n"
    "  -o DIR            writes validation.html, validation.json and validation.txt there\n"
    "  --json            prints JSON on stdout in place of the table (schema surae-validate/1)\n"
    "  --isa NAME        computes with generic, avx2 or avx512 instructions, otherwise the widest of the processor\n"
    "  --progress json   progress on stderr as one JSON object per line\n"
    "\n"
    "Ours is the mean over a sample of people like those who were measured; of weeks to years, the slow model of one\n"
    "muscle, with the spread of its constants. Inside or outside is |ours - published| against the published SD "
    "between\n"
    "people. A row whose source or people set a constant is marked calibrated and counted apart.\n"
    "\n"
    "examples\n"
    "  surae validate --quick\n"
    "  surae validate --area walking --json | jq '.rows[] | select(.within_1sd == false)'\n";

static const char report[] =
    "surae report DIR: builds the report again from DIR/result.json, recomputes nothing\n"
    "\n"
    "  -o FILE.html      where it goes; otherwise DIR/report.html\n"
    "  --lang en|zh      its language; otherwise that of the result\n"
    "\n"
    "examples\n"
    "  surae report article-out --lang zh -o report-zh.html\n";

void sr_cli_help(FILE *out, sr_command c)
{
  static const char *const text[] = {
      [SR_COMMAND_PREDICT] = predict,   [SR_COMMAND_COURSE] = course,       [SR_COMMAND_SOLVE] = solve,
      [SR_COMMAND_NERVES] = nerves,     [SR_COMMAND_EXPORT] = model_export, [SR_COMMAND_REPORT] = report,
      [SR_COMMAND_VALIDATE] = validate, [SR_COMMAND_NONE] = program};
  fputs(text[c], out);
}
