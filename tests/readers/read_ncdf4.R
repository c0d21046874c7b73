# Open a results file in R with ncdf4: every variable, labels, units.
# usage: Rscript read_ncdf4.R FILE [--sample | --unfinished]
# R's dimensions run the other way: the first of the file is the last here.
library(ncdf4)

arguments <- commandArgs(trailingOnly = TRUE)
file <- nc_open(arguments[1])
has <- function(option) option %in% arguments

stopifnot(ncatt_get(file, 0, "Conventions")$value == "CF-1.8")
stopifnot(ncatt_get(file, 0, "status")$value == if (has("--unfinished")) "running" else "complete")
scenarios <- ncvar_get(file, "scenario")
stopifnot(ncatt_get(file, 0, "baseline")$value %in% scenarios)

for (name in names(file$var)) {
  variable <- file$var[[name]]
  values <- ncvar_get(file, name, collapse_degen = FALSE)
  stopifnot(length(values) == prod(variable$varsize))
  if (variable$ndims >= 4) {
    dimensions <- rev(sapply(variable$dim, function(dimension) dimension$name))
    stopifnot(identical(dimensions[1:4], c("scenario", "draw", "replicate", "year")))
    stopifnot(variable$units != "", variable$longname != "")
    # Welfare is a mean over residents of a group, of whom there may be none; an expectation knows no markets.
    expectation <- ncatt_get(file, 0, "method")$value == "expectation"
    market <- expectation && name %in% c("wage", "rent", "urban_land", "housing_stock", "school_quality", "school_seats",
                                         "pupils_unregistered", "unmet_seats", "unmet_preschool", "fiscal_cost")
    if (market) stopifnot(is.na(values))
    if (!has("--unfinished") && name != "welfare" && !market) stopifnot(!anyNA(values))
  }
}

if (has("--sample")) {
  population <- ncvar_get(file, "population", collapse_degen = FALSE)
  dimnames(population) <- list(
    ncvar_get(file, "sex"), ncvar_get(file, "zone"), ncvar_get(file, "place"), ncvar_get(file, "year"),
    ncvar_get(file, "replicate"), ncvar_get(file, "draw"), scenarios)
  stopifnot(population["female", "rural", "430200", "2022", "1", "0", "open"] == 10000 + 1000 + 200 + 6)
  rent <- ncvar_get(file, "rent", collapse_degen = FALSE)
  stopifnot(rent[3, 3, 2, 1, 2] == 10000 + 1000 + 200 + 40 + 2 + 0.5)
  digest <- ncvar_get(file, "person_digest", collapse_degen = FALSE)
  stopifnot(digest[3, 2, 1, 2] == "f9ccd8a1c5080070")  # 18000000000000000112: R has no such number
  stopifnot(ncvar_get(file, "place_name_zh")[1] == "长沙市")
  stopifnot(ncvar_get(file, "provenance/parameter_key")[2] == "residence_years")
  stopifnot(ncatt_get(file, "population", "units")$value == "person")
}
if (has("--unfinished")) {
  population <- ncvar_get(file, "population", collapse_degen = FALSE)
  stopifnot(population[1, 1, 1, 1, 1, 1, 2] == 10000, all(population[, , , , , , 1] == -1))
}
nc_close(file)
cat("ncdf4", as.character(packageVersion("ncdf4")), "reads", arguments[1], "\n")
