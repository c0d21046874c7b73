#include "w1_plain.hpp"

namespace luohu::bench {

PlainW1::PlainW1(const W1Parameters& parameters, std::size_t people, std::uint64_t seed)
    : parameters_{parameters}, random_{static_cast<std::mt19937::result_type>(seed)} {
  std::discrete_distribution<int> age(parameters.start_age.begin(), parameters.start_age.end());
  std::discrete_distribution<int> place(parameters.start_place.begin(), parameters.start_place.end());
  std::uniform_int_distribution<int> since(0, 20);
  for (std::size_t o = 0; o < parameters.places; ++o) {
    const auto row = parameters.destination.values().begin() + static_cast<std::ptrdiff_t>(o * parameters.places);
    destination_.emplace_back(row, row + static_cast<std::ptrdiff_t>(parameters.places));
  }
  people_.reserve(people + people / 10);
  for (std::size_t i = 0; i < people; ++i) {
    Person person{};
    person.id = next_id_++;
    person.age = age(random_);
    person.sex = happens(0.5) ? Sex::male : Sex::female;
    person.alive = true;
    person.place = place(random_);
    person.registered = happens(parameters.registered_at_start) ? person.place : place(random_);
    person.years_since_move = since(random_);
    people_.push_back(person);
  }
}

W1Year PlainW1::advance() {
  W1Year year;
  year.moves = Grid<std::int64_t, 2>{{parameters_.places, parameters_.places}};
  std::vector<Person> children;
  for (Person& person : people_) {
    ++year.at_risk;
    const auto age = static_cast<std::size_t>(person.age);
    if (happens(parameters_.death[static_cast<std::size_t>(person.sex)][age])) {
      person.alive = false;
      ++year.deaths;
      continue;
    }
    if (person.sex == Sex::female && age >= 15 && age < 50 && happens(parameters_.birth[age])) {
      Person child{};
      child.id = next_id_++;
      child.sex = happens(parameters_.male_births) ? Sex::male : Sex::female;
      child.alive = true;
      child.place = person.place;
      child.registered = person.registered;
      children.push_back(child);
      ++year.births;
    }
    ++person.years_since_move;
    if (age >= 15 && age < 65 && happens(parameters_.move[age])) move(person, year);
    ++person.age;
  }
  std::erase_if(people_, [](const Person& person) { return !person.alive; });
  people_.insert(people_.end(), children.begin(), children.end());
  count(year);
  return year;
}

void PlainW1::move(Person& person, W1Year& year) {
  const int target = destination_[static_cast<std::size_t>(person.place)](random_);
  ++year.moves(person.place, target);
  person.place = target;
  if (happens(parameters_.registers_on_move)) person.registered = target;
  person.years_since_move = 0;
}

void PlainW1::count(W1Year& year) const {
  year.people = Grid<std::int64_t, 3>{{parameters_.places, w1_age_groups, 2}};
  for (const Person& person : people_) {
    ++year.people(person.place, w1_age_group(static_cast<std::size_t>(person.age)), person.place != person.registered);
  }
}

}  // namespace luohu::bench
