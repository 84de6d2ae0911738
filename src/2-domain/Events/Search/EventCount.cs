namespace Postern.Events.Search;

/// <summary>How many events there are: counted, and from a million on what the database estimates, because counting would take longer than the page itself.</summary>
static class EventCount
{
    public const string Sql = """
        SELECT CASE WHEN estimate > 1000000 THEN estimate::bigint ELSE (SELECT count(*) FROM event) END
        FROM (SELECT coalesce(sum(greatest(c.reltuples, 0)), 0) AS estimate FROM pg_class c JOIN pg_inherits i ON i.inhrelid = c.oid WHERE i.inhparent = 'event'::regclass) AS sizes
        """;
}
