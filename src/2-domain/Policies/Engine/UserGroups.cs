using Postern.Storage;

namespace Postern.Policies.Engine;

/// <summary>Answers the groups a user belongs to, ancestors included, with one statement.</summary>
sealed class UserGroups(PosternDb db)
{
    const string Statement = """
        WITH RECURSIVE member (group_pk) AS (
            SELECT group_pk FROM user_group WHERE user_pk = $1
            UNION
            SELECT parent_pk FROM group_parent JOIN member ON child_pk = group_pk)
        SELECT group_pk FROM member
        """;

    /// <summary>Groups of the request's user; asked once per request and user. A user that is not stored has none, and takes as long.</summary>
    public async ValueTask<IReadOnlySet<Guid>> OfAsync(PolicyRequest request, CancellationToken cancellation)
    {
        var user = request.User?.Pk ?? 0;
        if (request.Groups.Known is { } known && request.Groups.User == user)
            return known;
        var groups = request.User is null ? [] : await LoadAsync(user, cancellation);
        (request.Groups.User, request.Groups.Known) = (user, groups);
        return groups;
    }

    public async ValueTask<HashSet<Guid>> LoadAsync(int user, CancellationToken cancellation)
    {
        var groups = new HashSet<Guid>();
        await using var rows = await db.ReadAsync(Statement, cancellation, user);
        while (await rows.ReadAsync(cancellation))
            groups.Add(rows.GetGuid(0));
        return groups;
    }

    /// <summary>What a request knows of its user's groups.</summary>
    internal sealed class Memo
    {
        public int User { get; set; }

        public IReadOnlySet<Guid>? Known { get; set; }
    }
}
