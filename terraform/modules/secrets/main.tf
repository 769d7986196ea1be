# The namespace, the shop's public address, and the Secrets of the pods. Secret values come from ephemeral variables and go into write-only arguments.

locals {
  # Two roles take turns: the unused one gets the new password, so that pods with the old password keep working.
  app_user = var.versions.database_app % 2 == 1 ? "boxoffice_a" : "boxoffice_b"

  database_url = format(
    "jdbc:postgresql://%s:5432/%s?sslmode=verify-full&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory",
    var.database.host, var.database.name,
  )

  # Without a stored webhook there is no Secret for it: Alertmanager then runs without a receiver, and
  # AlertReceiverMissing fires. An invalid address would count as a receiver.
  revisions = merge(
    {
      "boxoffice-database"  = var.versions.database_app
      "boxoffice-migration" = var.versions.database_administrator
      "boxoffice-operator"  = var.versions.operator_token
      "grafana-admin"       = var.versions.grafana_admin
    },
    var.versions.discord_webhook > 0 ? { "alertmanager-discord" = var.versions.discord_webhook } : {},
  )
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
    "alertmanager-discord" = {
      "webhook-url" = var.passwords.discord_webhook
    }
  }[each.key]
}
