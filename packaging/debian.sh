# Debian's own archive, as this machine reaches it. Sourced by packaging scripts; names no host.
# shellcheck shell=bash

# Prints the address of each Debian archive that this machine's apt knows: "main" (debian), "security".
#   debian_archive main | debian_archive security
debian_archive() {
    local label
    case $1 in
    main) label=Debian ;;
    security) label=Debian-Security ;;
    *) return 2 ;;
    esac
    apt-get indextargets --format '$(ORIGIN)|$(LABEL)|$(REPO_URI)' 'Created-By: Packages' |
        awk -F '|' -v label="$label" '$1 == "Debian" && $2 == label && !seen++ { print $3 }' | grep .
}

# apt-get with lists of its own, so that a build asks for source packages or another release without changing the
# machine's apt.
#   private_apt FOLDER LINE... -- ARGUMENTS...     e.g. private_apt d "deb-src trixie main" -- source --download-only x
# Each LINE is "TYPE SUITE COMPONENT"; the archive is that of this machine. Signatures are checked as always.
private_apt() {
    local folder=$1 type suite component archive
    shift
    mkdir -p "$folder/lists/partial" "$folder/cache/archives/partial"
    : >"$folder/sources.list"
    while [ "$1" != -- ]; do
        read -r type suite component <<<"$1"
        case $suite in
        *-security) archive=$(debian_archive security) ;;
        *) archive=$(debian_archive main) ;;
        esac
        echo "$type [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $archive $suite $component" \
            >>"$folder/sources.list"
        shift
    done
    shift
    apt-get -q -o Dir::Etc::SourceList="$folder/sources.list" -o Dir::Etc::SourceParts=- \
        -o Dir::State::Lists="$folder/lists" -o Dir::Cache="$folder/cache" -o APT::Sandbox::User="$(id -un)" "$@"
}
