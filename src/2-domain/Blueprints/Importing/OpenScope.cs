using Postern.Blueprints.Resolving;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Blueprints.Importing;

/// <summary>Makes what the tags of one blueprint may see.</summary>
internal sealed class OpenScope(PosternDb db, KindRegistry kinds, FindByFields find, BlueprintSettings settings, IServiceProvider services)
{
    static readonly NothingReadable nothing = new();

    public (BlueprintResolver Resolver, AppliedObjects Objects) Execute(ImportRequest request)
    {
        var models = kinds.All.Where(kind => kind.SystemRights is null).Select(kind => kind.Name);
        var builtIn = BlueprintContext.BuiltIn(models);
        var objects = new AppliedObjects(db, kinds, find, request.Caller, services);
        var sources = request.IsTrusted ? new BlueprintSources(objects, settings.Environment, settings.Files) : new BlueprintSources(objects, nothing, nothing);
        var context = BlueprintContext.Merge(builtIn, request.Blueprint.Context, request.Context);
        return (new BlueprintResolver(sources, context, settings.Limits), objects);
    }
}
