using Npgsql;

namespace Postern.Storage.Opening;

/// <summary>Tells the database's troubles, which pass, from bugs, which do not.</summary>
public static class DatabaseTrouble
{
    /// <summary>
    /// Whether the database was not reached, was starting or ending, or had no room, memory or connection left: classes 08, 53 and 57P of
    /// https://www.postgresql.org/docs/current/errcodes-appendix.html.
    /// </summary>
    public static bool IsBehind(Exception error)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            if (cause is PostgresException { SqlState: var state })
                return state.StartsWith("08", StringComparison.Ordinal) || state.StartsWith("53", StringComparison.Ordinal) || state.StartsWith("57P", StringComparison.Ordinal);
            if (cause is NpgsqlException { InnerException: IOException or System.Net.Sockets.SocketException or TimeoutException })
                return true;
        }
        return false;
    }
}
