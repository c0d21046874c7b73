#!/bin/sh
# Writes the tables of docs/sensitivity.md anew: docs/sensitivity/run.sh [PROGRAM], from the root of the repository.
set -eu
luohu=${1:-build/release/luohu}
out=docs/sensitivity
hunan=scenarios/hunan

# Ranges: the values that sources or the model's design allow where they are listed in docs/odd.md (literature or
# assumption, as there); otherwise the default ± 25 % (assumption).
all="
  --parameter migration.income_elasticity_stock=1:2.5
  --parameter migration.push_exponent=0.2:1
  --parameter migration.travel_time_elasticity=0.5:1.6
  --parameter migration.network_elasticity=0:0.8
  --parameter migration.home_premium=0:2.5
  --parameter migration.frailty_variance=0:2
  --parameter migration.mobility_level
  --parameter housing.expenditure_share=0.1:0.3
  --parameter housing.supply_elasticity=0.3:2
  --parameter labour.skill_substitution=1.5:5
  --parameter labour.agglomeration_high=0:0.15
  --parameter labour.registration_substitution=4:30:log
  --parameter labour.rural_share=0.4:0.8
  --parameter services.quality_elasticity=0:0.5
  --parameter services.crowding=0.5:1.5
  --parameter services.anticipation
  --parameter settling.application_rate=0.05:0.4
  --parameter settling.wish_intercept
  --parameter settling.wish_gain
  --parameter settling.wish_land"
# Those of the parameters above whose names match.
of_all() {
  echo "$all" | grep -E "$1"
}

study() {
  name=$1
  shift
  "$luohu" sensitivity "$@" --format markdown --progress none --force -o "$out/$name.md"
}

# The words of ranges are meant to be split.
residents="$hunan/baseline.toml --outcome residents --scale 1:1000"
study morris-residents $residents $all --trajectories 30
survivors=$(of_all 'income_elasticity|push_exp|travel_time|network_el|home_premium|frailty|mobility_level')
study sobol-residents $residents $survivors --method sobol --points 128
few=$(of_all 'push_exp|travel_time|home_premium')
study oat-residents $residents $few --method oat --levels 3
study oat-residents-inverted $residents $few --method oat --levels 3 --invert $hunan/census-2020

package="$hunan/full.toml --baseline $hunan/baseline.toml --outcome settled --outcome registered_urbanisation"
study morris-package $package $all --scale 1:200 --trajectories 30
survivors=$(of_all 'push_exp|network_el|frailty|application_rate|wish_land')
study sobol-package $package $survivors --scale 1:1000 --method sobol --points 32
