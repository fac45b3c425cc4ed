/** A module that ends its worker when it is imported. */
process.exit(9);
