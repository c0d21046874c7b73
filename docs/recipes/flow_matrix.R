# How a scenario changes the moves between places, external nodes included: origins in rows, destinations in columns.
# usage: Rscript flow_matrix.R FILE SCENARIO [YEAR]  the same as: luohu compare FILE --indicator moves --by origin,destination
library(ncdf4)

arguments <- commandArgs(trailingOnly = TRUE)
file <- nc_open(arguments[1])
flow <- ncvar_get(file, "flow", collapse_degen = FALSE)
# Dimensions are in reverse: registration, broad_age, destination, origin, year, replicate, draw, scenario.
moves <- apply(flow, c(4, 3, 5, 8), sum) / (dim(flow)[6] * dim(flow)[7])
dimnames(moves) <- list(origin = ncvar_get(file, "origin"), destination = ncvar_get(file, "destination"),
                        ncvar_get(file, "year"), ncvar_get(file, "scenario"))
year <- if (length(arguments) > 2) arguments[3] else tail(dimnames(moves)[[3]], 1)
change <- moves[, , year, arguments[2]] - moves[, , year, ncatt_get(file, 0, "baseline")$value]

options(digits = 17)
write.csv(data.frame(origin = rownames(change), change, check.names = FALSE), row.names = FALSE, quote = FALSE)
