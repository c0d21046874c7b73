// Stands between a program and the disk (LD_PRELOAD): counts what changes files, makes the n-th such call
// fail, and writes down every path that is opened for writing, made, renamed or removed.
//   FAULT_AT=n         the n-th call fails (0: none)
//   FAULT_ERRNO=28     with this error
//   FAULT_FOREVER=1    and every later one that needs space too, as on a full disk
//   FAULT_SHORT=1      after half of the bytes are written, if it is a write
//   FAULT_LOCKS=37     no file can be locked, for this reason
//   FAULT_HELD_AT=n    the n-th attempt to lock a file finds it locked by another
//   FAULT_LOG=FILE     one line a call: its name and, where it has one, its path
//   FAULT_MALLOC_AT=n  the n-th allocation of at least FAULT_MALLOC_SIZE bytes finds no memory
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { most_files = 1024 };
static atomic_long calls, allocations, locks;
static long fault_at, held_at, malloc_at, malloc_size;
static int lock_errno, fault_errno = ENOSPC, forever, cut_short, log_file = -1;
static unsigned char written[most_files];  // by descriptor: opened for writing

static long number(const char* name, long otherwise) {
  const char* text = getenv(name);
  return text ? atol(text) : otherwise;
}

static int (*real_open)(const char*, int, ...);
static ssize_t (*real_write)(int, const void*, size_t);

__attribute__((constructor)) static void start(void) {
  real_open = (int (*)(const char*, int, ...))dlsym(RTLD_NEXT, "open");
  real_write = (ssize_t(*)(int, const void*, size_t))dlsym(RTLD_NEXT, "write");
  fault_at = number("FAULT_AT", 0);
  fault_errno = (int)number("FAULT_ERRNO", ENOSPC);
  lock_errno = (int)number("FAULT_LOCKS", 0);
  held_at = number("FAULT_HELD_AT", 0);
  forever = number("FAULT_FOREVER", 0) != 0;
  cut_short = number("FAULT_SHORT", 0) != 0;
  malloc_at = number("FAULT_MALLOC_AT", 0);
  malloc_size = number("FAULT_MALLOC_SIZE", 1 << 16);
  const char* log = getenv("FAULT_LOG");
  if (log) log_file = real_open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
}

static void note(const char* call, const char* path) {
  if (log_file < 0) return;
  char line[4352];
  const int length = snprintf(line, sizeof line, "%s %s\n", call, path);
  if (length > 0) real_write(log_file, line, (size_t)length < sizeof line ? (size_t)length : sizeof line - 1);
}

// Whether this call is to fail; says so through errno.
static int fails(const char* call, const char* path) {
  note(call, path);
  const long mine = atomic_fetch_add(&calls, 1) + 1;
  if (fault_at == 0 || mine < fault_at || (mine > fault_at && !forever)) return 0;
  errno = fault_errno;
  return 1;
}

static int writes(int flags) {
  return (flags & O_ACCMODE) != O_RDONLY;
}
static int is_written(int file) {
  return 0 <= file && file < most_files && written[file];
}
static int opened(int file, int flags) {
  if (0 <= file && file < most_files) written[file] = (unsigned char)writes(flags);
  return file;
}

#define REAL(type, name, ...)       \
  static type (*real)(__VA_ARGS__); \
  if (!real) real = (type(*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

#define OPEN(name)                                                                      \
  int name(const char* path, int flags, ...) {                                          \
    va_list rest;                                                                       \
    va_start(rest, flags);                                                              \
    const unsigned mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, unsigned) : 0; \
    va_end(rest);                                                                       \
    REAL(int, #name, const char*, int, ...);                                            \
    if (writes(flags) && fails("open", path)) return -1;                                \
    return opened(real(path, flags, mode), flags);                                      \
  }
OPEN(open)
OPEN(open64)

#define FOPEN(name)                                                               \
  FILE* name(const char* path, const char* mode) {                                \
    REAL(FILE*, #name, const char*, const char*);                                 \
    const int flags = mode[0] == 'r' && !strchr(mode, '+') ? O_RDONLY : O_WRONLY; \
    if (writes(flags) && fails("open", path)) return NULL;                        \
    FILE* file = real(path, mode);                                                \
    if (file) opened(fileno(file), flags);                                        \
    return file;                                                                  \
  }
FOPEN(fopen)
FOPEN(fopen64)

ssize_t write(int file, const void* bytes, size_t size) {
  if (is_written(file) && fails("write", "")) return cut_short && size > 1 ? real_write(file, bytes, size / 2) : -1;
  return real_write(file, bytes, size);
}
ssize_t writev(int file, const struct iovec* parts, int count) {
  REAL(ssize_t, "writev", int, const struct iovec*, int);
  if (is_written(file) && fails("write", "")) return -1;
  return real(file, parts, count);
}
#define PWRITE(name, offset_type)                                                                                    \
  ssize_t name(int file, const void* bytes, size_t size, offset_type at) {                                           \
    REAL(ssize_t, #name, int, const void*, size_t, offset_type);                                                     \
    if (is_written(file) && fails("write", "")) return cut_short && size > 1 ? real(file, bytes, size / 2, at) : -1; \
    return real(file, bytes, size, at);                                                                              \
  }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define ON_FILE(name, call)                             \
  int name(int file) {                                  \
    REAL(int, #name, int);                              \
    if (is_written(file) && fails(call, "")) return -1; \
    return real(file);                                  \
  }
ON_FILE(fdatasync, "sync")
int fsync(int file) {  // of a folder or a file that was opened for reading, too
  REAL(int, "fsync", int);
  return fails("sync", "") ? -1 : real(file);
}
int close(int file) {
  REAL(int, "close", int);
  const int failed = is_written(file) && fails("close", "");
  if (0 <= file && file < most_files) written[file] = 0;
  const int status = real(file);
  if (failed) errno = fault_errno;
  return failed ? -1 : status;
}
#define TRUNCATE(name, offset_type)                       \
  int name(int file, offset_type size) {                  \
    REAL(int, #name, int, offset_type);                   \
    return fails("truncate", "") ? -1 : real(file, size); \
  }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int flock(int file, int operation) {
  REAL(int, "flock", int, int);
  const int held = !(operation & LOCK_UN) && atomic_fetch_add(&locks, 1) + 1 == held_at;
  if (!lock_errno && !held) return real(file, operation);
  errno = held ? EWOULDBLOCK : lock_errno;
  return -1;
}
int rename(const char* from, const char* to) {
  REAL(int, "rename", const char*, const char*);
  note("from", from);
  return fails("rename", to) ? -1 : real(from, to);
}
int mkdir(const char* path, mode_t mode) {
  REAL(int, "mkdir", const char*, mode_t);
  return fails("mkdir", path) ? -1 : real(path, mode);
}
int remove(const char* path) {
  REAL(int, "remove", const char*);
  note("remove", path);
  return real(path);
}
int unlink(const char* path) {
  REAL(int, "unlink", const char*);
  note("remove", path);
  return real(path);
}

extern void* __libc_malloc(size_t);
extern void* __libc_calloc(size_t, size_t);
extern void* __libc_realloc(void*, size_t);
static int no_memory(size_t size) {
  if (malloc_at == 0 || (long)size < malloc_size) return 0;
  if (atomic_fetch_add(&allocations, 1) + 1 != malloc_at) return 0;
  errno = ENOMEM;
  return 1;
}
void* malloc(size_t size) {
  return no_memory(size) ? NULL : __libc_malloc(size);
}
void* calloc(size_t count, size_t size) {
  return no_memory(count * size) ? NULL : __libc_calloc(count, size);
}
void* realloc(void* old, size_t size) {
  return no_memory(size) ? NULL : __libc_realloc(old, size);
}

// What the program did, for a test to know how far to go.
__attribute__((destructor)) static void end(void) {
  char text[96];
  snprintf(text, sizeof text, "%ld calls, %ld allocations, %ld locks", atomic_load(&calls), atomic_load(&allocations),
           atomic_load(&locks));
  note("end", text);
}
