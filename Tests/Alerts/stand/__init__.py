"""The stand on which incidents are played: simulator, daemon, Prometheus, Alertmanager and a webhook on loopback."""
