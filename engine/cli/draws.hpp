#pragma once
// Draws of a posterior as sets of parameters: what --draws POSTERIOR.toml[:N] asks for.

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "luohu/inference/hindcast_evaluator.hpp"
#include "luohu/scenario/posterior.hpp"
#include "luohu/scenario/scenario.hpp"

namespace luohu {

class Draws {
 public:
  /// "FILE", or "FILE:N" for N of its draws, evenly chosen. Throws Error{usage} for more than there are.
  explicit Draws(const std::string& text);

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] const Posterior& posterior() const { return posterior_; }
  [[nodiscard]] std::size_t size() const { return chosen_.size(); }
  /// Which of the file's draws it is, from 0.
  [[nodiscard]] std::size_t number(std::size_t draw) const { return chosen_[draw]; }
  /// `base` with the values of a draw.
  [[nodiscard]] Parameters parameters(const Parameters& base, std::size_t draw) const;
  /// Throws Error{usage} if one of these sets a parameter that every draw sets again.
  void refuse(std::span<const Override> overrides) const;
  /// How amenities are found for its draws, as they were for its fit.
  [[nodiscard]] AmenityRounds amenity() const;

 private:
  std::filesystem::path path_;
  Posterior posterior_;
  std::vector<std::size_t> chosen_;
};

}  // namespace luohu
