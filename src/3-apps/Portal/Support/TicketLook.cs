using Postern.Pages;

namespace Postern.Portal.Support;

/// <summary>How tickets read and look.</summary>
static class TicketLook
{
    public static (string Text, Tone Tone) Of(TicketStatus status) => status switch
    {
        TicketStatus.Open => ("Open", Tone.Info),
        TicketStatus.Answered => ("Answered", Tone.Success),
        _ => ("Closed", Tone.Neutral),
    };

    public static string Of(TicketTopic topic) => topic switch
    {
        TicketTopic.Upgrade => "Number of users",
        TicketTopic.Billing => "Billing",
        TicketTopic.Sales => "Sales",
        TicketTopic.Deletion => "Deletion of the organization",
        _ => "Question",
    };
}
