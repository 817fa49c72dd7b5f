/* A service that passes what it is asked to another one. */
#define PARIGOT_IMPLEMENTATION
#include "parigot.h"

PARIGOT_CALL(echo, echo);

PARIGOT_METHOD(pass) { return echo_echo(request); }
