#include <openssl/ssl.h>
#if !__has_include(<haproxy/quic_openssl_compat.h>)
typedef enum ssl_encryption_level_t {
  ssl_encryption_initial,
  ssl_encryption_early_data,
  ssl_encryption_handshake,
  ssl_encryption_application
} OSSL_ENCRYPTION_LEVEL;
typedef struct ssl_quic_method_st {
  int (*set_encryption_secrets)(SSL *, OSSL_ENCRYPTION_LEVEL, const unsigned char *, const unsigned char *, size_t);
  int (*add_handshake_data)(SSL *, OSSL_ENCRYPTION_LEVEL, const unsigned char *, size_t);
  int (*flush_flight)(SSL *);
  int (*send_alert)(SSL *, enum ssl_encryption_level_t, unsigned char);
} SSL_QUIC_METHOD;
int SSL_CTX_set_quic_method(SSL_CTX *, const SSL_QUIC_METHOD *);
int SSL_set_quic_method(SSL *, const SSL_QUIC_METHOD *);
int SSL_set_quic_transport_params(SSL *, const unsigned char *, size_t);
void SSL_get_peer_quic_transport_params(const SSL *, const unsigned char **, size_t *);
int SSL_provide_quic_data(SSL *, OSSL_ENCRYPTION_LEVEL, const unsigned char *, size_t);
int SSL_process_quic_post_handshake(SSL *);
void SSL_set_quic_early_data_enabled(SSL *, int);
OSSL_ENCRYPTION_LEVEL SSL_quic_read_level(const SSL *);
OSSL_ENCRYPTION_LEVEL SSL_quic_write_level(const SSL *);
#endif
