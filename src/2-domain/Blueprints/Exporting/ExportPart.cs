using Microsoft.Extensions.DependencyInjection;
using Postern.Storage.Kinds;

namespace Postern.Blueprints.Exporting;

/// <summary>Says that an object of one kind is exported together with those of another: stages with their flow, bindings with their target.</summary>
/// <param name="Owner">The kind that is asked for.</param>
/// <param name="Part">The kind that comes along.</param>
/// <param name="Field">The field that ties them.</param>
/// <param name="PartPoints">True when the field is the part's and points to the owner; false when it is the owner's and points to the part.</param>
public sealed record ExportPart(ModelKind Owner, ModelKind Part, string Field, bool PartPoints);

/// <summary>Registers what is exported together.</summary>
public static class ExportParts
{
    /// <summary>Objects whose <paramref name="field"/> points to an exported object come along (bindings of a flow).</summary>
    public static IServiceCollection AddExportPart(this IServiceCollection services, ModelKind owner, ModelKind part, string field) =>
        services.AddSingleton(new ExportPart(owner, part, field, PartPoints: true));

    /// <summary>Objects that an exported object's <paramref name="field"/> points to come along (the stage of a binding).</summary>
    public static IServiceCollection AddExportReference(this IServiceCollection services, ModelKind owner, string field, ModelKind part) =>
        services.AddSingleton(new ExportPart(owner, part, field, PartPoints: false));
}
