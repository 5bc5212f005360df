/* The small program in front of the single file: [this static ELF][squashfs image], an AppImage of type 2.
 *
 * It mounts the image with FUSE and runs AppRun in it. Where FUSE is missing it unpacks the image into a private
 * folder, runs AppRun there and removes the folder afterwards. That folder lies in the first of TMPDIR,
 * XDG_RUNTIME_DIR, ~/.cache, /var/tmp and /tmp that will do. APPIMAGE, APPDIR, ARGV0 and OWD are set as usual.
 * Build line and libraries: packaging/linux/build. */
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#include <squashfuse/ll.h>
#include <squashfuse/traverse.h>
#include <squashfuse/util.h>

enum { startFailed = 127 };

/* Exported by libsquashfuse; its header is not installed. */
extern sqfs_err sqfs_stat(sqfs *fs, sqfs_inode *inode, struct stat *st);

/* Our images are packed with zstd alone. These names stand in for the other unpackers that libsquashfuse asks for, so
 * that their code (and LZO's license) is not in the file. Each returns its library's word for failure. */
int lzo1x_decompress_safe(void);
int LZ4_decompress_safe(void);
int lzma_stream_buffer_decode(void);
int uncompress(void);
int lzo1x_decompress_safe(void) { return -1; }
int LZ4_decompress_safe(void) { return -1; }
int lzma_stream_buffer_decode(void) { return 11; }
int uncompress(void) { return -3; }

static char self[PATH_MAX];   /* this file */
static char folder[PATH_MAX]; /* where the image is mounted or unpacked */
static size_t imageOffset;    /* where it begins: at the end of the ELF file */
static int aliveRead = -1;    /* its other end is held by the program; closed means that the program has ended */
static sqfs_ll_chan channel;
static volatile pid_t child;

static void die(const char *what)
{
    perror(what);
    exit(startFailed);
}

static void findSelf(void)
{
    Elf64_Ehdr header;
    const ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);
    const int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    if (length < 0 || file < 0 || read(file, &header, sizeof header) != (ssize_t)sizeof header)
        die("countermand: can't read its own file");
    self[length] = 0;
    close(file);
    imageOffset = header.e_shoff + (size_t)header.e_shnum * header.e_shentsize;
}

/* Unpacking ---------------------------------------------------------------------------------------------------- */

static int writeAll(int file, const char *bytes, size_t count)
{
    while (count > 0) {
        const ssize_t written = write(file, bytes, count);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return -1;
        bytes += written;
        count -= (size_t)written;
    }
    return 0;
}

static int unpackFile(sqfs *fs, sqfs_inode *inode, const char *path, mode_t mode)
{
    static char buffer[1 << 20];
    uint64_t position = 0;
    int result = 0;
    const int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, mode & 0111 ? 0700 : 0600);
    if (file < 0)
        return -1;
    while (result == 0 && position < inode->xtra.reg.file_size) {
        sqfs_off_t count = sizeof buffer;
        if (sqfs_read_range(fs, inode, (sqfs_off_t)position, &count, buffer) || count <= 0)
            result = -1;
        else
            result = writeAll(file, buffer, (size_t)count);
        position += (uint64_t)count;
    }
    return close(file) || result ? -1 : 0;
}

static int unpackEntry(sqfs *fs, sqfs_traverse *place, const char *into)
{
    sqfs_inode inode;
    struct stat info;
    char path[PATH_MAX], target[PATH_MAX];
    size_t length = sizeof target;
    if (sqfs_inode_get(fs, &inode, sqfs_dentry_inode(&place->entry)) || sqfs_stat(fs, &inode, &info))
        return -1;
    if (snprintf(path, sizeof path, "%s/%s", into, place->path) >= (int)sizeof path)
        return -1;
    if (S_ISDIR(info.st_mode))
        return mkdir(path, 0700) && errno != EEXIST ? -1 : 0;
    if (S_ISLNK(info.st_mode)) {
        unlink(path);
        return sqfs_readlink(fs, &inode, target, &length) || symlink(target, path) ? -1 : 0;
    }
    return S_ISREG(info.st_mode) ? unpackFile(fs, &inode, path, info.st_mode) : 0;
}

static int unpack(const char *into)
{
    sqfs fs;
    sqfs_traverse place;
    sqfs_err error = SQFS_OK;
    if (sqfs_open_image(&fs, self, imageOffset) || sqfs_traverse_open(&place, &fs, sqfs_inode_root(&fs)))
        return -1;
    while (sqfs_traverse_next(&place, &error))
        if (!place.dir_end && unpackEntry(&fs, &place, into))
            return -1;
    return error ? -1 : 0;
}

static int removeEntry(const char *path, const struct stat *info, int type, struct FTW *state)
{
    (void)info;
    (void)type;
    (void)state;
    return remove(path);
}

/* Running ------------------------------------------------------------------------------------------------------ */

/* The places for a folder of our own, in turn. NULL behind the last. */
static const char *parentAt(int index)
{
    static char cache[PATH_MAX];
    const char *home = getenv("HOME");
    switch (index) {
    case 0:
        return getenv("TMPDIR");
    case 1:
        return getenv("XDG_RUNTIME_DIR");
    case 2:
        if (!home || snprintf(cache, sizeof cache, "%s/.cache", home) >= (int)sizeof cache)
            return "";
        mkdir(cache, 0700);
        return cache;
    case 3:
        return "/var/tmp";
    case 4:
        return "/tmp";
    default:
        return NULL;
    }
}

enum { parents = 5 };

/* Makes the folder in that place; false if it can't be there. */
static bool makeFolder(int index)
{
    const char *parent = parentAt(index);
    if (!parent || *parent != '/')
        return false;
    return snprintf(folder, sizeof folder, "%s/.countermand-XXXXXX", parent) < (int)sizeof folder && mkdtemp(folder);
}

/* Whether programs may run in the folder. A mount has flags of its own, so this counts for unpacking only. */
static bool mayRunThere(void)
{
    struct statvfs info;
    return statvfs(folder, &info) == 0 && !(info.f_flag & ST_NOEXEC);
}

static void runProgram(char **arguments)
{
    char path[PATH_MAX + 8];
    if (getcwd(path, sizeof path))
        setenv("OWD", path, 1);
    setenv("APPIMAGE", self, 1);
    setenv("APPDIR", folder, 1);
    setenv("ARGV0", arguments[0], 1);
    snprintf(path, sizeof path, "%s/AppRun", folder);
    execv(path, arguments);
    fprintf(stderr, "countermand: %s: %s. Set TMPDIR to a folder where programs may run.\n", path, strerror(errno));
    _exit(startFailed);
}

static void *unmountWhenProgramEnds(void *unused)
{
    char byte;
    (void)unused;
    while (read(aliveRead, &byte, 1) < 0 && errno == EINTR) {
    }
    fuse_session_exit(channel.session);
    sqfs_ll_unmount(&channel, folder);
    return NULL;
}

/* Serves the mounted image until the program has ended. Tells `ready` when the mount is there; never returns. */
static void serve(int ready)
{
    struct fuse_lowlevel_ops operations = {
        .getattr = sqfs_ll_op_getattr,
        .opendir = sqfs_ll_op_opendir,
        .releasedir = sqfs_ll_op_releasedir,
        .readdir = sqfs_ll_op_readdir,
        .lookup = sqfs_ll_op_lookup,
        .open = sqfs_ll_op_open,
        .release = sqfs_ll_op_release,
        .read = sqfs_ll_op_read,
        .readlink = sqfs_ll_op_readlink,
        .forget = sqfs_ll_op_forget,
        .statfs = stfs_ll_op_statfs,
    };
    char *mountArguments[] = {self, (char *)"-o", (char *)"ro,nosuid,nodev,fsname=countermand", NULL};
    struct fuse_args arguments = FUSE_ARGS_INIT(3, mountArguments);
    sqfs_ll *image = sqfs_ll_open(self, imageOffset);
    pthread_t watcher;
    if (!image || sqfs_ll_mount(&channel, folder, &arguments, &operations, sizeof operations, image))
        _exit(1);
    setsid();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    if (pthread_create(&watcher, NULL, unmountWhenProgramEnds, NULL) || write(ready, "1", 1) != 1) {
        sqfs_ll_unmount(&channel, folder);
        _exit(1);
    }
    close(ready);
    fuse_session_loop(channel.session);
    pthread_join(watcher, NULL);
    rmdir(folder);
    _exit(0);
}

/* Mounts the image and becomes the program. Returns only when the image can't be mounted. */
static void runMounted(char **arguments)
{
    int alive[2], ready[2], place = 0;
    char byte;
    while (place < parents && !makeFolder(place))
        ++place;
    if (place == parents)
        return;
    /* The program inherits the write end of `alive`, and closes it by ending. */
    if (pipe(alive) || pipe2(ready, O_CLOEXEC))
        die("countermand: pipe");
    const pid_t first = fork();
    if (first == 0) {
        close(alive[1]);
        close(ready[0]);
        aliveRead = alive[0];
        /* That fusermount3 is missing is no news for the user: the image is unpacked then. */
        const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
        if (nothing >= 0)
            dup2(nothing, STDERR_FILENO);
        const pid_t server = fork();
        if (server != 0)
            _exit(server < 0);
        serve(ready[1]);
    }
    close(alive[0]);
    close(ready[1]);
    if (first > 0)
        waitpid(first, NULL, 0);
    if (first > 0 && read(ready[0], &byte, 1) == 1)
        runProgram(arguments);
    close(alive[1]);
    close(ready[0]);
    rmdir(folder);
}

static void forwardSignal(int number)
{
    if (child > 0)
        kill(child, number);
}

/* Unpacks into the first place that has room and where programs may run. */
static bool unpackSomewhere(void)
{
    for (int place = 0; place < parents; ++place) {
        if (!makeFolder(place))
            continue;
        if (mayRunThere() && unpack(folder) == 0)
            return true;
        nftw(folder, removeEntry, 32, FTW_DEPTH | FTW_PHYS);
    }
    return false;
}

static int runUnpacked(char **arguments)
{
    int status = 0;
    if (!unpackSomewhere()) {
        fprintf(stderr, "countermand: can't unpack into TMPDIR, XDG_RUNTIME_DIR, ~/.cache, /var/tmp or /tmp: none can be "
                        "written, has room, and lets programs run. Set TMPDIR to a folder that does.\n");
        return startFailed;
    }
    child = fork();
    if (child == 0)
        runProgram(arguments);
    signal(SIGTERM, forwardSignal);
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    nftw(folder, removeEntry, 32, FTW_DEPTH | FTW_PHYS);
    if (child < 0)
        return startFailed;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
    bool mount = getenv("APPIMAGE_EXTRACT_AND_RUN") == NULL;
    findSelf();
    if (argc > 1 && strncmp(argv[1], "--appimage-", 11) == 0) {
        const char *wish = argv[1] + 11;
        if (strcmp(wish, "offset") == 0) {
            printf("%zu\n", imageOffset);
            return 0;
        }
        if (strcmp(wish, "extract") == 0) {
            const char *into = "squashfs-root";
            if ((mkdir(into, 0755) && errno != EEXIST) || unpack(into)) {
                fprintf(stderr, "countermand: can't unpack into %s\n", into);
                return 1;
            }
            puts(into);
            return 0;
        }
        if (strcmp(wish, "extract-and-run") != 0) {
            fprintf(stderr, "--appimage-offset | --appimage-extract | --appimage-extract-and-run\n");
            return strcmp(wish, "help") == 0 ? 0 : 2;
        }
        mount = false;
        argv[1] = argv[0];
        ++argv;
    }
    if (mount)
        runMounted(argv);
    return runUnpacked(argv);
}
