#pragma once
// The running replicate, put aside between two years so that a killed run goes on from there
// (docs/reliability.md says how the file is laid out).

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "luohu/schedule/run.hpp"

namespace luohu {

/// The replicate a checkpoint belongs to.
struct CheckpointOf {
  std::uint64_t experiment = 0;  ///< fingerprint of everything that its numbers depend on
  std::size_t scenario = 0, draw = 0, replicate = 0;

  friend bool operator==(const CheckpointOf&, const CheckpointOf&) = default;
};

/// What a checkpoint is read back with: it must fit them.
struct CheckpointContext {
  CheckpointOf of;
  const Model& model;
  const Layout& layout;  ///< of the records
  std::int64_t scale = 1;
};

/// The last two checkpoints of a run that writes NAME.h5: `NAME.h5.checkpoint` and, one older,
/// `NAME.h5.checkpoint.before`. Every block has a digest; a file is written aside, synced and renamed.
class Checkpoints {
 public:
  explicit Checkpoints(std::filesystem::path results);

  /// Keeps the newest until this one is complete. Throws Error{environment} if it cannot be written; what there was
  /// stays.
  void save(const CheckpointOf& of, const RunningReplicate& replicate) const;
  /// The newest that is whole and belongs to this replicate, or nothing. `say` is told of each that is passed over, and
  /// why. Trusts nothing in a file: sizes are held against it before memory is taken, values against the model.
  [[nodiscard]] std::optional<ReplicateState> load(const CheckpointContext& context,
                                                   const std::function<void(const std::string&)>& say) const;
  /// Removes both, and what a killed run was writing.
  void remove() const;

 private:
  std::filesystem::path newest_, before_, aside_;
};

/// Bytes of a checkpoint of so many rows, tables aside.
[[nodiscard]] std::size_t checkpoint_bytes(std::size_t rows);

}  // namespace luohu
