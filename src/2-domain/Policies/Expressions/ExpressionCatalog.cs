using System.Collections.Frozen;
using Postern.Expressions;
using Postern.Policies.Expressions.Functions;
using Postern.Policies.Expressions.Imports;
using Postern.Policies.Expressions.Models;
using Postern.Policies.Expressions.Objects;
using Postern.Policies.Expressions.Showing;

namespace Postern.Policies.Expressions;

/// <summary>All that slices contributed to expressions: models, views, helpers, importable things, members of the HTTP request.</summary>
sealed class ExpressionCatalog(
    IEnumerable<ExpressionModel> models,
    IEnumerable<IExpressionView> views,
    IEnumerable<IExpressionFunction> functions,
    IEnumerable<ExpressionImport> imports,
    IEnumerable<HttpRequestMember> httpMembers,
    IEnumerable<ExtraMethod> methods)
{
    readonly ILookup<string, ExtraMethod> methodsOf = methods.ToLookup(m => m.Kind, StringComparer.Ordinal);
    readonly FrozenDictionary<Type, ExpressionModel> byType = models.ToFrozenDictionary(m => m.Kind.EntityType);
    readonly FrozenDictionary<string, ExpressionModel> byName = models.ToFrozenDictionary(m => m.Kind.Name, StringComparer.Ordinal);
    readonly IExpressionView[] views = [.. views];

    public IReadOnlyList<IExpressionFunction> Functions { get; } = [.. functions];

    public IReadOnlyList<ExpressionImport> Imports { get; } = [.. imports];

    public IReadOnlyList<ExpressionModel> Models { get; } = [.. models];

    public FrozenDictionary<string, HttpRequestMember> HttpMembers { get; } = httpMembers.ToFrozenDictionary(m => m.Name, StringComparer.Ordinal);

    /// <summary>The model of a kind; null when expressions may not see it.</summary>
    public ExpressionModel? ModelOf(string kind) => byName.GetValueOrDefault(kind);

    /// <summary>Methods that other slices add to the objects of a kind.</summary>
    public IEnumerable<ExtraMethod> MethodsOf(string kind) => methodsOf[kind];

    /// <summary>The script object of a product object; null when nobody shows it.</summary>
    public HostObject? View(object value, ExpressionRun run)
    {
        if (byType.TryGetValue(value.GetType(), out var model))
            return new ModelObject(model, value, run);
        foreach (var view in views)
        {
            if (view.TryShow(value, run, out var shown))
                return shown;
        }
        return null;
    }
}
