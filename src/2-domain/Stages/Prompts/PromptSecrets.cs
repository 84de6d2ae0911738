using Postern.Flows.Inspecting;
using Postern.Storage.Snapshots;

namespace Postern.Stages.Prompts;

/// <summary>Answers to prompts of passwords are shown to nobody, whatever their keys; a dotted key stands in the data as a whole, or as maps within maps.</summary>
sealed class PromptSecrets(Snapshot<PromptPicture> prompts) : IPlanSecrets
{
    public async ValueTask<IReadOnlySet<string>> KeysAsync(CancellationToken cancellation) =>
        (await prompts.GetAsync(cancellation)).All.Where(p => p.Type is PromptType.Password)
            .SelectMany(p => new[] { p.FieldKey, p.FieldKey[(p.FieldKey.LastIndexOf('.') + 1)..] }).ToHashSet(StringComparer.Ordinal);
}
