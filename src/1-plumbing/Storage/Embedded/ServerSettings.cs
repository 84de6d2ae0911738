namespace Postern.Storage.Embedded;

/// <summary>How the private PostgreSQL is run: small, durable, reachable by nothing but its socket.</summary>
internal static class ServerSettings
{
    public static IEnumerable<string> AsArguments(EmbeddedPostgresOptions options, int majorVersion, string socketDirectory)
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["listen_addresses"] = "",
            ["unix_socket_directories"] = socketDirectory,
            ["max_connections"] = "120",
            ["shared_buffers"] = "32MB",
            ["work_mem"] = "8MB",
            ["maintenance_work_mem"] = "32MB",
            ["max_wal_size"] = "512MB",
            ["wal_level"] = "minimal",
            ["max_wal_senders"] = "0",
            ["jit"] = "off",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["log_line_prefix"] = "%m [%p] ",
        };
        // Worker processes for reads cost memory a small server has no use for.
        if (majorVersion >= 18)
            settings["io_method"] = "sync";
        if (!options.Durable)
            settings["fsync"] = settings["synchronous_commit"] = settings["full_page_writes"] = "off";
        foreach (var (name, value) in options.Settings)
            settings[name] = value;
        return settings.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" });
    }
}
