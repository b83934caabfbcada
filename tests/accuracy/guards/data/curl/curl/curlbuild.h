#include "../curlbuild.h"
