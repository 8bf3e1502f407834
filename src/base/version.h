// What this program is: filled in by the build from the project's version and the repository's state.
#ifndef SR_BASE_VERSION_H
#define SR_BASE_VERSION_H

const char *sr_version(void);        // "0.1.0"
const char *sr_version_build(void);  // the commit, with "-dirty" where files differ from it; the version without git
#endif
