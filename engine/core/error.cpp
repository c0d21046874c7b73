#include "luohu/core/error.hpp"

#include <fmt/format.h>

#include <utility>

#include "luohu/core/text.hpp"

namespace luohu {
namespace {

std::string all_formatted(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!text.empty()) text += '\n';
    text += formatted(diagnostic);
  }
  return text;
}

}  // namespace

InputError::InputError(std::vector<Diagnostic> diagnostics) : InputError{ExitCode::input, std::move(diagnostics)} {}

InputError::InputError(ExitCode code, std::vector<Diagnostic> diagnostics)
    : Error{code, all_formatted(diagnostics)}, diagnostics_{std::move(diagnostics)} {}

void contract_broken(const char* condition, const char* file, int line) {
  throw InternalError{fmt::format("{}:{}: '{}' does not hold; this is a bug in luohu", file, line, condition)};
}

}  // namespace luohu
