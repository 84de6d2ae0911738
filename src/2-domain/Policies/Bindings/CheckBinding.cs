using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Storage.Kinds;

namespace Postern.Policies.Bindings;

/// <summary>Rules of a binding: its target exists, it names exactly one of what the target accepts, and stands on a place of its own.</summary>
static class CheckBinding
{
    static readonly Binds[] Each = [Binds.Group, Binds.Policy, Binds.User];

    public static async ValueTask CheckAsync(PolicyBinding binding, SaveContext context)
    {
        if (await FindTargetAsync(binding.Target, context) is not { } target)
        {
            context.Errors.Add("target", $"Invalid pk \"{binding.Target}\" - object does not exist.");
            return;
        }
        if (Refusal(binding, target.Binds) is { } refusal)
            context.Errors.Add(FieldErrors.NonField, refusal);
        else if (binding.PolicyPk is { } policy && await IsTakenAsync(binding, policy, context))
            context.Errors.Add(FieldErrors.NonField, "The fields policy, target, order must make a unique set.");
    }

    /// <summary>What is wrong with the choice of policy, group and user; null when nothing is.</summary>
    internal static string? Refusal(PolicyBinding binding, Binds accepted)
    {
        var given = Given(binding);
        var names = string.Join(", ", Each.Where(b => accepted.HasFlag(b)).Select(b => $"'{b.ToString().ToLowerInvariant()}'"));
        return int.PopCount((int)given) > 1 ? $"Only one of {names} can be set."
            : (given & accepted) is Binds.Nothing ? $"One of {names} must be set."
            : null;
    }

    static Binds Given(PolicyBinding binding) =>
        (binding.GroupPk is null ? Binds.Nothing : Binds.Group)
        | (binding.PolicyPk is null ? Binds.Nothing : Binds.Policy)
        | (binding.UserPk is null ? Binds.Nothing : Binds.User);

    static async ValueTask<PolicyTarget?> FindTargetAsync(Guid pk, SaveContext context)
    {
        foreach (var target in context.Get<IEnumerable<PolicyTarget>>())
        {
            if (await context.Db.ScalarAsync<int>($"SELECT 1 FROM \"{target.Kind.Table}\" WHERE pk = $1", context.Cancellation, pk) == 1)
                return target;
        }
        return null;
    }

    static Task<bool> IsTakenAsync(PolicyBinding binding, Guid policy, SaveContext context) =>
        context.Db.Set<PolicyBinding>().AnyAsync(
            b => b.PolicyPk == policy && b.Target == binding.Target && b.Order == binding.Order && b.Pk != binding.Pk, context.Cancellation);
}
