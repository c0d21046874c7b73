#pragma once
// A real disk of any size, for tests of what happens when it is full.

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace luohu::testing {

/// Why this process cannot mount anything, empty if it can: in namespaces of its own, so that nobody else sees it.
inline const std::string& why_no_disks() {
  static const std::string why = [] {
    const std::string user = "0 " + std::to_string(::getuid()) + " 1", group = "0 " + std::to_string(::getgid()) + " 1";
    if (::geteuid() != 0 || ::unshare(CLONE_NEWNS) != 0) {  // then as root of a namespace of users
      if (::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) {
        return std::string{"no namespace can be made: "} + std::strerror(errno);
      }
      std::ofstream{"/proc/self/setgroups"} << "deny";
      std::ofstream{"/proc/self/uid_map"} << user;
      std::ofstream{"/proc/self/gid_map"} << group;
    }
    if (::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0) return std::string{};
    return std::string{"nothing can be mounted: "} + std::strerror(errno);
  }();
  return why;
}

/// A file system in memory, empty at first and gone at the end.
class Disk {
 public:
  Disk(std::filesystem::path where, std::size_t kibibytes) : path{std::move(where)} {
    std::filesystem::create_directories(path);
    mount(0, kibibytes);
  }
  ~Disk() { ::umount2(path.c_str(), MNT_DETACH); }
  Disk(const Disk&) = delete;
  Disk& operator=(const Disk&) = delete;

  void resize(std::size_t kibibytes) const { mount(MS_REMOUNT, kibibytes); }
  void make_read_only() const { mount(MS_REMOUNT | MS_RDONLY, 1024); }
  [[nodiscard]] std::string operator/(const std::string& name) const { return (path / name).string(); }

  std::filesystem::path path;

 private:
  void mount(unsigned long flags, std::size_t kibibytes) const {
    const std::string size = "size=" + std::to_string(kibibytes) + "k";
    if (::mount("luohu", path.c_str(), "tmpfs", flags, size.c_str()) != 0) {
      throw std::runtime_error{"cannot mount " + path.string() + ": " + std::strerror(errno)};
    }
  }
};

}  // namespace luohu::testing
