using System.Text;
using Postern.Blueprints.Library;
using Postern.Blueprints.Reading;

namespace Postern.Blueprints.Instances;

/// <summary>The text behind an instance, read.</summary>
/// <param name="Hash">Hash of the text; blank when there is none.</param>
/// <param name="Reading">The blueprint, or what is wrong with it.</param>
/// <param name="IsGone">The file of the instance does not exist.</param>
internal sealed record InstanceSource(string Hash, BlueprintReading Reading, bool IsGone = false)
{
    public static async Task<InstanceSource> OpenAsync(BlueprintInstance instance, BlueprintLibrary library, BlueprintLimits limits, CancellationToken cancellation)
    {
        if (instance.Path.Length == 0)
            return new InstanceSource(BlueprintFile.HashOf(Encoding.UTF8.GetBytes(instance.Content)), BlueprintReader.Read(instance.Content, limits));
        if (await library.FindAsync(instance.Path, cancellation) is { } file)
            return new InstanceSource(file.Hash, BlueprintReader.Read(file.Content.Span, limits));
        return new InstanceSource("", BlueprintReading.Refused("Blueprint file does not exist"), IsGone: true);
    }
}
