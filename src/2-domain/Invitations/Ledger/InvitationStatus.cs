using System.Linq.Expressions;

namespace Postern.Invitations.Ledger;

/// <summary>How far an invitation is, worked out from what is recorded of it: one rule for the database and for objects at hand.</summary>
public static class InvitationStatus
{
    public const string Draft = "draft";
    public const string Ready = "ready";
    public const string Scheduled = "scheduled";
    public const string Queued = "queued";
    public const string Sent = "sent";
    public const string Failed = "failed";
    public const string Opened = "opened";
    public const string Started = "started";
    public const string Accepted = "accepted";
    public const string Exhausted = "exhausted";
    public const string Expired = "expired";
    public const string Revoked = "revoked";
    public const string Superseded = "superseded";

    /// <summary>In the order in which they come.</summary>
    public static readonly IReadOnlyList<string> All = [Draft, Ready, Scheduled, Queued, Sent, Failed, Opened, Started, Accepted, Exhausted, Expired, Revoked, Superseded];

    static readonly Expression<Func<Invitation, DateTimeOffset, string>> Rule = static (i, now) =>
        i.SupersededBy != null ? Superseded
        : i.RevokedOn != null ? Revoked
        : i.SingleUse && i.Uses >= 1 ? Accepted
        : !i.SingleUse && i.MaxUses != null && i.Uses >= i.MaxUses ? Exhausted
        : i.Expires != null && i.Expires <= now ? Expired
        : i.Draft ? Draft
        : i.Uses > 0 ? Accepted
        : i.StartedOn != null ? Started
        : i.OpenedOn != null ? Opened
        : i.FailedOn != null ? Failed
        : i.SentOn != null ? Sent
        : i.QueuedOn != null ? Queued
        : i.SendAt != null ? Scheduled
        : Ready;

    static readonly Func<Invitation, DateTimeOffset, string> Compiled = Rule.Compile();

    public static string Of(Invitation invitation, DateTimeOffset now) => Compiled(invitation, now);

    /// <summary>The rule for a query.</summary>
    public static Expression<Func<Invitation, string>> At(DateTimeOffset now)
    {
        // Behind a property of an object the time is a parameter of the statement.
        var time = Expression.Property(Expression.Constant(new Moment(now)), nameof(Moment.Now));
        return Expression.Lambda<Func<Invitation, string>>(new Swap(Rule.Parameters[1], time).Visit(Rule.Body), Rule.Parameters[0]);
    }

    /// <summary>Those that have one of these states.</summary>
    public static Expression<Func<Invitation, bool>> Is(IReadOnlyList<string> states, DateTimeOffset now)
    {
        var state = At(now);
        var contains = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(string)], Expression.Property(Expression.Constant(new Wanted([.. states])), nameof(Wanted.States)), state.Body);
        return Expression.Lambda<Func<Invitation, bool>>(contains, state.Parameters);
    }

    /// <summary>Those whose link may still lead somewhere, or expired without an end: what there is to look after.</summary>
    public static readonly Expression<Func<Invitation, bool>> IsOpen = static i =>
        i.SupersededBy == null && i.RevokedOn == null && (i.SingleUse ? i.Uses < 1 : i.MaxUses == null || i.Uses < i.MaxUses);

    sealed record Moment(DateTimeOffset Now);

    sealed record Wanted(string[] States);

    sealed class Swap(ParameterExpression from, Expression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
