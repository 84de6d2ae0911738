using System.Globalization;
using System.Text.Json.Nodes;
using Postern.Directory.Users;
using Postern.Expressions;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Policies.Engine;
using Postern.Policies.Expressions;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Policies.Testing;

/// <summary>
/// Tries an expression of an object for a user and a context; what it would write or send is left out. Needs the right to change the object, for a trial runs its
/// code, and to view the user.
/// </summary>
public sealed class TryExpression(ObjectQuery objects, IAccess access, ExpressionRunner runner, CheckExpression check)
{
    /// <summary>Runs what <paramref name="expression"/> picks of the object. Faults: not found, forbidden, invalid when there is no such user the caller may view.</summary>
    public async Task<Result<ExpressionTrial>> ExecuteAsync(
        Caller caller, ModelKind family, string lookup, Func<object, TriedExpression> expression, TrialSubject subject, CancellationToken cancellation)
    {
        if (!(await objects.FindAsync(family, caller, lookup, tracked: false, cancellation)).Succeeded(out var found, out var missing))
            return missing;
        var kind = family.Of(found);
        if (await access.RefuseAsync(caller, kind.Change, kind.KeyOf(found), cancellation) is { } refusal)
            return refusal;
        if (!(await UserAsync(caller, subject.User, cancellation)).Succeeded(out var user, out var unknown))
            return unknown;
        var tried = expression(found);
        var input = new ExpressionInput
        {
            Name = tried.Name,
            Use = tried.Use,
            Request = new PolicyRequest { User = user, Caller = caller, Debug = true },
            Variables = new Dictionary<string, object?>(tried.Variables(subject.Context), StringComparer.Ordinal) { ["user"] = user },
            Trace = true,
        };
        var result = await runner.RunAsync(tried.Source, input, cancellation);
        return new ExpressionTrial(tried.Source, result, check.Of(tried.Source, tried.Use, [.. input.Variables.Keys]));
    }

    async ValueTask<Result<User?>> UserAsync(Caller caller, int? pk, CancellationToken cancellation)
    {
        if (pk is not { } key)
            return Result<User?>.Of(null);
        var found = await objects.FindAsync(UserKind.Kind, caller, key.ToString(CultureInfo.InvariantCulture), tracked: false, cancellation);
        return found.Succeeded(out var user, out _) ? (User)user : Fault.Field("user", $"Invalid pk \"{pk}\" - object does not exist.");
    }
}

/// <summary>For whom and with what an expression is tried.</summary>
public sealed record TrialSubject(int? User, JsonObject Context);

/// <summary>The expression of an object that is tried, and how a given context becomes its variables.</summary>
public sealed record TriedExpression(string Name, string Source, ExpressionUse Use, Func<JsonObject, IReadOnlyDictionary<string, object?>> Variables);

/// <summary>How a trial ended, and what a look through the source found.</summary>
public sealed record ExpressionTrial(string Source, ExpressionResult Result, IReadOnlyList<ScriptDiagnostic> Findings);
