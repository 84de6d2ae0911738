using System.Diagnostics.CodeAnalysis;
using Postern.Applications.Providers;
using Postern.Expressions;
using Postern.Policies.Expressions;
using Postern.Policies.Expressions.Showing;

namespace Postern.Applications.Expressions;

/// <summary>Shows providers of any kind to expressions: their number, name and application, and nothing of their secrets.</summary>
sealed class ProviderView : IExpressionView
{
    public bool TryShow(object value, ExpressionRun run, [NotNullWhen(true)] out HostObject? shown)
    {
        shown = value is Provider provider ? new ProviderObject(provider, run) : null;
        return shown is not null;
    }

    sealed class ProviderObject(Provider provider, ExpressionRun run) : HostObject, IShown
    {
        static readonly HostMembers<ProviderObject> Members = new HostMembers<ProviderObject>()
            .Property("pk", static self => (long)self.Provider.Id)
            .Property("id", static self => (long)self.Provider.Id)
            .Property("name", static self => self.Provider.Name)
            .Property("application", static self => self.Application);

        public override string TypeName => ProviderKind.Kind.Of(provider).EntityType.Name;

        public object Subject => provider;

        Provider Provider => provider;

        object? Application => run.Show(ApplicationModels.PictureOf(run).OfProvider(provider.Id));

        protected override bool TryGetAttribute(string name, out object? value) => Members.TryGet(this, name, out value);

        protected override string ToText() => provider.Name;
    }
}
