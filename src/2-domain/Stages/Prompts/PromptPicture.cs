using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Postern.Storage;
using Postern.Storage.Opening;
using Postern.Storage.Snapshots;

namespace Postern.Stages.Prompts;

/// <summary>All prompts at one moment.</summary>
sealed class PromptPicture(IReadOnlyList<Prompt> prompts)
{
    readonly FrozenDictionary<Guid, Prompt> byPk = prompts.ToFrozenDictionary(p => p.Pk);

    public IReadOnlyList<Prompt> All => prompts;

    /// <summary>The prompts of a stage in the order of their numbers.</summary>
    public IReadOnlyList<Prompt> Of(PromptStage stage) =>
        [.. stage.Fields.Select(pk => byPk.GetValueOrDefault(pk)).OfType<Prompt>().OrderBy(p => p.Order)];

    public static Snapshot<PromptPicture> Watch(SnapshotHub hub, IServiceScopeFactory scopes) =>
        hub.Declare<PromptPicture>(["prompt"], async cancellation =>
        {
            await using var scope = scopes.CreateAsyncScope(Pool.Pictures);
            return new(await scope.ServiceProvider.GetRequiredService<PosternDb>().Set<Prompt>().AsNoTracking().ToListAsync(cancellation));
        });
}
