using Postern.Expressions;
using Postern.Policies.Expressions.Imports;

namespace Postern.Policies.Expressions;

/// <summary>Looks through a source text before it runs: syntax, names and modules nobody knows, code nothing leads to, a missing return.</summary>
public sealed class CheckExpression
{
    readonly ExpressionCatalog catalog;

    internal CheckExpression(ExpressionCatalog catalog) => this.catalog = catalog;

    /// <summary>What was found, with line and column; only errors keep it from running. <paramref name="variables"/> are further names it will see.</summary>
    public IReadOnlyList<ScriptDiagnostic> Of(string source, ExpressionUse use, params IReadOnlyList<string> variables) => ScriptChecker.Check(
        source,
        new ScriptCheckOptions
        {
            Names = [.. ExpressionScope.Names(catalog, use), .. variables],
            Modules = ImportTable.Names(catalog).GroupBy(n => n.Module, StringComparer.Ordinal)
                .ToDictionary(g => g.Key, g => (IReadOnlyCollection<string>)[.. g.Select(n => n.Name)], StringComparer.Ordinal),
        });

    /// <summary>What is wrong with the syntax of a source text, as the API shows it on the field; null when it compiles.</summary>
    public static string? Refusal(string source) => Script.Compile(source).ErrorMessage;
}
