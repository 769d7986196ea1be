# The namespace, the shop's public address, and the Secrets of the pods. Secret values come from ephemeral variables and go into write-only arguments.

locals {
  # Two roles take turns: the unused one gets the new password, so that pods with the old password keep working.
  app_user = var.versions.database_app % 2 == 1 ? "boxoffice_a" : "boxoffice_b"

  # One role: its sessions stay open while the migration sets the new password, and the exporter starts again after it.
  exporter_user = "boxoffice_monitoring"

  database_url = format(
    "jdbc:postgresql://%s:5432/%s?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory",
    var.database.host, var.database.name,
  )

  # Port 5432 is the server's own. PgBouncer, on another port, would hide the server. The exporter trusts the public root
  # certificates of its image.
  exporter_uri = "${var.database.host}:5432/${var.database.name}?sslmode=verify-full"

  # Optional: an operator puts them into the vault, others are generated.
  stored_by_operators = ["discord_webhook", "redis_url", "rabbitmq_url", "smtp_url", "oidc_client_secret", "payment_token", "payment_callback_secret"]

  # What is not stored has no Secret. Without that of the webhook, Alertmanager runs without a receiver, and AlertReceiverMissing
  # fires; an invalid address would count as a receiver.
  revisions = { for name, version in {
    "boxoffice-database"       = var.versions.database_app
    "boxoffice-migration"      = var.versions.database_administrator
    "boxoffice-operator"       = var.versions.operator_token
    "grafana-admin"            = var.versions.grafana_admin
    "postgres-exporter"        = var.versions.database_monitoring
    "alertmanager-discord"     = var.versions.discord_webhook
    "boxoffice-redis"          = var.versions.redis_url
    "boxoffice-rabbitmq"       = var.versions.rabbitmq_url
    "boxoffice-mail"           = var.versions.smtp_url
    "boxoffice-openid-connect" = var.versions.oidc_client_secret
    # The sum rises with each of them. A partner may need no token, but it signs its callbacks.
    "boxoffice-payment" = var.versions.payment_callback_secret == 0 ? 0 : var.versions.payment_token + var.versions.payment_callback_secret
  } : name => version if version > 0 }
}

resource "kubernetes_namespace_v1" "this" {
  metadata {
    name = var.namespace

    labels = {
      "app.kubernetes.io/part-of"                  = "boxoffice"
      "pod-security.kubernetes.io/enforce"         = "restricted"
      "pod-security.kubernetes.io/enforce-version" = "latest"
      "pod-security.kubernetes.io/audit"           = "restricted"
      "pod-security.kubernetes.io/warn"            = "restricted"
    }
  }
}

# A deployment reads the address from here: it is known only when Azure has created it, so no manifest contains it.
resource "kubernetes_config_map_v1" "address" {
  metadata {
    name      = "boxoffice-address"
    namespace = kubernetes_namespace_v1.this.metadata[0].name

    labels = {
      "app.kubernetes.io/part-of"    = "boxoffice"
      "app.kubernetes.io/managed-by" = "terraform"
    }
  }

  data = { host = var.public_host }
}

resource "kubernetes_secret_v1" "this" {
  for_each = local.revisions

  metadata {
    name      = each.key
    namespace = kubernetes_namespace_v1.this.metadata[0].name

    labels = {
      "app.kubernetes.io/part-of"    = "boxoffice"
      "app.kubernetes.io/managed-by" = "terraform"
    }

    annotations = {
      "boxoffice/revision" = tostring(each.value)
    }
  }

  type             = "Opaque"
  data_wo_revision = each.value
  data_wo = {
    "boxoffice-database" = {
      DATABASE_URL      = local.database_url
      DATABASE_USER     = local.app_user
      DATABASE_PASSWORD = var.passwords.database_app
    }
    "boxoffice-migration" = {
      DATABASE_URL      = local.database_url
      DATABASE_USER     = var.database.administrator_login
      DATABASE_PASSWORD = var.passwords.database_administrator
    }
    "boxoffice-operator" = {
      OPERATOR_TOKEN = var.passwords.operator_token
    }
    "grafana-admin" = {
      "admin-user"     = "admin"
      "admin-password" = var.passwords.grafana_admin
    }
    "postgres-exporter" = {
      DATA_SOURCE_URI  = local.exporter_uri
      DATA_SOURCE_USER = local.exporter_user
      DATA_SOURCE_PASS = var.passwords.database_monitoring
    }
    "alertmanager-discord" = {
      "webhook-url" = var.passwords.discord_webhook
    }
    "boxoffice-redis" = {
      REDIS_URL = var.passwords.redis_url
    }
    "boxoffice-rabbitmq" = {
      RABBITMQ_URL = var.passwords.rabbitmq_url
    }
    "boxoffice-mail" = {
      SMTP_URL = var.passwords.smtp_url
    }
    "boxoffice-openid-connect" = {
      OIDC_CLIENT_SECRET = var.passwords.oidc_client_secret
    }
    "boxoffice-payment" = {
      PAYMENT_TOKEN           = var.passwords.payment_token == null ? "" : var.passwords.payment_token
      PAYMENT_CALLBACK_SECRET = var.passwords.payment_callback_secret
    }
  }[each.key]
}
