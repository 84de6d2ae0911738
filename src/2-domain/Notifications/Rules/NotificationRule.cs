namespace Postern.Notifications.Rules;

/// <summary>Says of which events whom to tell, and over which transports. Policies bound to it pick the events.</summary>
public sealed class NotificationRule
{
    public Guid Pk { get; set; } = Guid.NewGuid();

    public string Name { get; set; } = "";

    /// <summary>None stands for the notification in the product itself.</summary>
    public List<Guid> Transports { get; set; } = [];

    public Severity Severity { get; set; } = Severity.Notice;

    /// <summary>Direct members of this group are told.</summary>
    public Guid? DestinationGroupPk { get; set; }

    /// <summary>Who acted is told too.</summary>
    public bool DestinationEventUser { get; set; }

    /// <summary>Whom the event is about is told too: the owner of the account, whoever acted.</summary>
    public bool DestinationEventSubject { get; set; }

    internal bool TellsSomebody => DestinationGroupPk is not null || DestinationEventUser || DestinationEventSubject;
}
