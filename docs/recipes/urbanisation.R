# Urbanisation of residents and of the registered, in %, of the province in every scenario and year.
# usage: Rscript urbanisation.R FILE    the same as: luohu export FILE --indicator urbanisation --by province --mean
library(ncdf4)

file <- nc_open(commandArgs(trailingOnly = TRUE)[1])

# A rate is one of sums, in each replicate; then the mean over replicates. `people` is zone by year, replicate, draw and
# scenario; zones are urban, rural.
urbanisation <- function(people) {
  rate <- 100 * people[1, , , , ] / (people[1, , , , ] + people[2, , , , ])
  apply(array(rate, dim(people)[-1]), c(1, 4), mean)
}

# Dimensions are in reverse: (registration, age_group, sex,) zone, place, year, replicate, draw, scenario.
residents <- apply(ncvar_get(file, "population", collapse_degen = FALSE), c(4, 6, 7, 8, 9), sum)
registered <- apply(ncvar_get(file, "registered", collapse_degen = FALSE), c(1, 3, 4, 5, 6), sum)

options(digits = 17)
table <- expand.grid(year = ncvar_get(file, "year"), scenario = ncvar_get(file, "scenario"))
table$urbanisation <- c(urbanisation(residents))
table$registered_urbanisation <- c(urbanisation(registered))
write.csv(table[, c("scenario", "year", "urbanisation", "registered_urbanisation")], row.names = FALSE, quote = FALSE)
