using System.Diagnostics.CodeAnalysis;
using Postern.Expressions;
using Postern.Kernel.Values;
using Postern.Policies.Expressions;
using Postern.Policies.Expressions.Showing;

namespace Postern.Notifications.Delivery;

/// <summary>What mappings see as <c>notification</c>.</summary>
sealed class NotificationView : IExpressionView
{
    public bool TryShow(object value, ExpressionRun run, [NotNullWhen(true)] out HostObject? shown)
    {
        shown = value is Message message
            ? new HostRecord("Notification", new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["severity"] = WireEnum<Severity>.Name(message.Severity),
                ["body"] = message.Text.Body,
                ["hyperlink"] = message.Text.Hyperlink,
                ["hyperlink_label"] = message.Text.HyperlinkLabel,
                ["event"] = run.Show(message.Event),
                ["user"] = run.Show(message.User),
            })
            : null;
        return shown is not null;
    }
}
