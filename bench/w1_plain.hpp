#pragma once
// W1 as a good programmer writes it first: a vector of structs, a Mersenne Twister, branches. The
// reference that figures of W1 are given as multiples of. One thread.

#include <random>

#include "w1.hpp"

namespace luohu::bench {

class PlainW1 {
 public:
  PlainW1(const W1Parameters& parameters, std::size_t people, std::uint64_t seed);

  W1Year advance();

  [[nodiscard]] std::size_t bytes() const { return people_.capacity() * sizeof(Person); }

 private:
  struct Person {
    std::uint64_t id;
    int age;
    Sex sex;
    bool alive = true;
    int place;
    int registered;
    int years_since_move;
  };

  bool happens(double probability) { return uniform_(random_) < probability; }
  void move(Person& person, W1Year& year);
  void count(W1Year& year) const;

  const W1Parameters& parameters_;
  std::mt19937 random_;
  std::uniform_real_distribution<float> uniform_{0, 1};
  std::vector<std::discrete_distribution<int>> destination_;  ///< [origin]
  std::vector<Person> people_;
  std::uint64_t next_id_ = 0;
};

}  // namespace luohu::bench
