#include "curl_config.h"
