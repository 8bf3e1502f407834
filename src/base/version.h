// What this program is: filled in by the build from the project's version and the repository's state.
#ifndef SR_BASE_VERSION_H
#define SR_BASE_VERSION_H

const char *sr_version(void);  // "0.1.0"
// The commit. Where files differ from it, and without git, also a digest of the sources: two programs that may compute
// differently never share it (tools/build_id).
const char *sr_version_build(void);
#endif
