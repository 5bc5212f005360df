# Debian packages of the project, in one place. Sourced by packaging/* and tests/run.
# shellcheck shell=bash disable=SC2034

# Compiles the program. libsecret and the certificates are opened only at run time, so nothing else pulls them in.
build_packages=(g++ cmake ninja-build qt6-base-dev qtkeychain-qt6-dev libsecret-1-0 ca-certificates)

# Runs the program natively where there is Wayland but no X server.
wayland_packages=(qt6-wayland)

# A private desktop without a display: X server, window manager, session bus, keyring, accessibility bus.
desktop_packages=(xvfb openbox xdotool x11-utils xclip imagemagick dbus-daemon gnome-keyring libglib2.0-bin
    at-spi2-core python3 python3-gi fonts-dejavu-core)

# What the tests need besides; the last two extract texts for translation and link a hundred programs quickly.
test_packages=("${desktop_packages[@]}" openssl clang-format qt6-l10n-tools mold)

# What tests/check needs besides: other fonts than the tests bring, and the sources of two locales.
check_packages=(clang-tidy fontconfig fonts-noto-core fonts-roboto-unhinted fonts-cantarell locales tzdata)

# What packaging/linux/build needs besides: the single file's runtime, its image, Wayland, checks of the desktop files.
linux_package_packages=(gcc libc6-dev libfuse3-dev libsquashfuse-dev libzstd-dev squashfs-tools qt6-wayland python3
    binutils git appstream desktop-file-utils)

# What packaging/windows/build needs: the cross compiler, Qt's own tools, and what fetches its sources.
windows_package_packages=(g++-mingw-w64-x86-64-posix gcc-mingw-w64-x86-64-posix binutils-mingw-w64-x86-64
    mingw-w64-x86-64-dev mingw-w64-tools cmake ninja-build dpkg-dev qt6-base-dev qt6-base-dev-tools libgl-dev zip unzip git)

# What packaging/windows/test needs besides.
windows_test_packages=(wine wine64 openssl fonts-dejavu-core)

# Installs those of the named packages that are missing; runs no package command when none is.
install_missing() {
    local package missing=() as_root=()
    for package in "$@"; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "These packages are missing and there is no sudo to install them: ${missing[*]}" >&2
            return 1
        fi
        as_root=(sudo)
    fi
    echo "== Installing packages: ${missing[*]}"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 update
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 install -y \
        --no-install-recommends "${missing[@]}"
}
