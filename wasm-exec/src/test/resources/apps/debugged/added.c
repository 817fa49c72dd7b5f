/* A plain module, to be compiled with debugging information of other kinds. */
int added(int net) {
  int tax = net / 5;
  return net + tax;
}
