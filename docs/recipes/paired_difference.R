# What a scenario changes in each prefecture, with 95 % intervals.
# usage: Rscript paired_difference.R FILE SCENARIO [YEAR]       the same as: luohu compare FILE --indicator residents
library(ncdf4)

arguments <- commandArgs(trailingOnly = TRUE)
file <- nc_open(arguments[1])
population <- ncvar_get(file, "population", collapse_degen = FALSE)
# Dimensions are in reverse: registration, age_group, sex, zone, place, year, replicate, draw, scenario.
residents <- apply(population, c(5, 6, 7, 9), sum) / dim(population)[8]
dimnames(residents) <- list(ncvar_get(file, "place"), ncvar_get(file, "year"), NULL, ncvar_get(file, "scenario"))
year <- if (length(arguments) > 2) arguments[3] else tail(dimnames(residents)[[2]], 1)

# The same replicate of two scenarios has the same random numbers: first the difference, then the mean.
effect <- residents[, year, , arguments[2]] - residents[, year, , ncatt_get(file, 0, "baseline")$value]
replicates <- ncol(effect)
mean <- rowMeans(effect)
half <- qt(0.975, replicates - 1) * apply(effect, 1, sd) / sqrt(replicates)

options(digits = 17)
write.csv(data.frame(place = rownames(effect), place_name_zh = ncvar_get(file, "place_name_zh"),
                     difference = mean, low = mean - half, high = mean + half), row.names = FALSE, quote = FALSE)
