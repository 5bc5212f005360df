#pragma once

namespace countermand {

/// `--self-check`: prints `version|qt|tls|platform|keychain: …`, a line each. Returns 0 if the program could work:
/// TLS and a platform plugin are there (without a keychain keys can live in memory), else 1. Needs no display; `argc`
/// and `argv` as main() got them.
int selfCheck(int &argc, char **argv);

} // namespace countermand
