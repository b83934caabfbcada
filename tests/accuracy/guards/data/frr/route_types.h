#include "lib/route_types.h"
