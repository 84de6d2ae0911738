namespace Postern.Kernel.Settings;

/// <summary>Judges the names no setting was read from: known to the reference only, or misspelt.</summary>
internal static class OtherNames
{
    // Names of the reference that have no effect here; a compose file that sets them still starts.
    static readonly HashSet<string> withoutEffect = new(StringComparer.Ordinal)
    {
        "CERT_DISCOVERY_DIR", "COMPLIANCE__FIPS__ENABLED", "DEBUG", "DEBUGGER", "DEFAULT_TOKEN_LENGTH", "DISABLE_STARTUP_ANALYTICS",
        "ERROR_REPORTING__ENABLED", "ERROR_REPORTING__ENVIRONMENT", "ERROR_REPORTING__SAMPLE_RATE",
        "ERROR_REPORTING__SEND_PII", "ERROR_REPORTING__SENTRY_DSN",
        "HTTP_TIMEOUT", "LISTEN__DEBUG", "LISTEN__DEBUG_PY", "LISTEN__LDAP", "LISTEN__LDAPS", "LISTEN__RADIUS",
        "LOG_HTTP_HEADERS", "POSTGRESQL__CONN_HEALTH_CHECKS", "POSTGRESQL__CONN_OPTIONS", "POSTGRESQL__DISABLE_SERVER_SIDE_CURSORS",
        "POSTGRESQL__POOL_OPTIONS", "POSTGRESQL__REPLICA_CONN_OPTIONS", "POSTGRESQL__USE_PGBOUNCER", "POSTGRESQL__USE_PGPOOL",
        "POSTGRESQL__USE_POOL", "REPUTATION__EXPIRY", "SKIP_MIGRATIONS", "WEB__PATH", "WEB__THREADS", "WEB__WORKERS",
    };

    static readonly string[] familiesWithoutEffect =
    [
        "CACHE__", "LDAP__", "OUTPOSTS__", "POSTGRESQL__DIRECT__", "POSTGRESQL__READ_REPLICAS__", "POSTGRESQL__TEST__", "REDIS__", "SOURCES__",
        "STORAGE__", "TENANTS__", "THROTTLE__", "WORKER__",
    ];

    /// <summary>Adds an error for every unknown name of ours, and gives sentences for names without effect or unknown among the aliases.</summary>
    public static IReadOnlyList<string> Judge(SettingSource source, IReadOnlyCollection<string> asked, FieldErrors errors)
    {
        List<string> notes = [];
        foreach (var (name, variable) in source.All.Where(pair => !asked.Contains(pair.Name)).OrderBy(pair => pair.Variable, StringComparer.Ordinal))
        {
            if (IsForOthers(name))
                continue;
            if (withoutEffect.Contains(name) || familiesWithoutEffect.Any(family => name.StartsWith(family, StringComparison.Ordinal)))
            {
                notes.Add($"{variable} is accepted for compatibility and has no effect.");
                continue;
            }

            var nearest = NearestName.To(name, asked.Concat(withoutEffect));
            if (source.IsOwn(variable))
                errors.Add(variable, $"There is no such setting. The nearest is {source.OwnVariable(nearest)}.");
            else
                notes.Add($"{variable} is not known and has no effect. The nearest setting is {source.OwnVariable(nearest)}.");
        }

        return notes;
    }

    // Values that blueprints ask for by name, and those of the command line.
    static bool IsForOthers(string name) => name.StartsWith("BLUEPRINT_", StringComparison.Ordinal) || name.StartsWith("CLI_", StringComparison.Ordinal) || name is "DEFAULT_BRAND_ENABLED";
}
