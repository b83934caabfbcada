#ifndef CURLBUILD
#define CURLBUILD
#include <sys/types.h>
#include <sys/socket.h>
#define CURL_SIZEOF_LONG 8
#define CURL_TYPEOF_CURL_SOCKLEN_T socklen_t
#define CURL_SIZEOF_CURL_SOCKLEN_T 4
typedef socklen_t curl_socklen_t;
#define CURL_TYPEOF_CURL_OFF_T long
typedef long curl_off_t;
#define CURL_FORMAT_CURL_OFF_T "ld"
#define CURL_FORMAT_CURL_OFF_TU "lu"
#define CURL_FORMAT_OFF_T "%ld"
#define CURL_SIZEOF_CURL_OFF_T 8
#define CURL_SUFFIX_CURL_OFF_T L
#define CURL_SUFFIX_CURL_OFF_TU UL
#endif
