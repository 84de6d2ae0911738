using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Postern.Storage.Kinds;

namespace Postern.Directory.Views;

/// <summary>The declaration of saved views: everybody makes, sees and deletes their own.</summary>
public static partial class SavedViewKind
{
    public static readonly ModelKind<SavedView> Kind = ModelKind<SavedView>.Declare("authentik_core.savedview", static (k, kind) =>
    {
        k.Labels("Saved view", "Saved views").Path("core/saved_views").Table("saved_view").NotInBlueprints().Named(v => v.Name).OwnedBy(v => v.UserPk, add: true);
        k.Key(v => v.Pk);
        k.Computed("user", v => v.UserPk);
        k.Text("list", v => v.List).Required().NotBlank().MaxLength(100).Rule(text => ListPath().IsMatch(text) ? null : "Enter the path of a list, such as directory/users.");
        k.Text("name", v => v.Name).Required().NotBlank().MaxLength(100);
        k.Text("query", v => v.Query).MaxLength(8192).Rule(text => text.Length == 0 || text[0] == '?' ? null : "Enter a query string that begins with a question mark.");
        k.Filters("list", "name");
        k.Search(v => v.Name);
        k.Order("name", "list");
        k.Validate(CheckAsync);
    });

    static async ValueTask CheckAsync(SavedView view, SaveContext context)
    {
        if (context.IsNew)
            view.UserPk = context.Caller.UserPk;
        if (await context.Db.Set<SavedView>().AnyAsync(v => v.UserPk == view.UserPk && v.List == view.List && v.Name == view.Name && v.Pk != view.Pk, context.Cancellation))
            context.Errors.Add("name", "You have a view of this name already.");
    }

    [GeneratedRegex("^[a-z-]+/[a-z-]+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListPath();
}
