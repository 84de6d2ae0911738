using Postern.Mail.Outbox;
using Postern.Storage.Kinds;
using Postern.Web.Admin.Tabs;

namespace Postern.Web.Admin.Mails;

/// <summary>Where a mail stands and what its server said.</summary>
sealed class MailOverviewTab : IObjectTab
{
    public ModelKind Kind => MailKind.Kind;

    public string Name => "Overview";

    public int Order => 0;

    public Task<TabContent> ShowAsync(TabRequest request) => Task.FromResult(TabContent.Of<MailOverview>(new { Mail = (Postern.Mail.Outbox.Mail)request.Entity, request.Url }));
}
