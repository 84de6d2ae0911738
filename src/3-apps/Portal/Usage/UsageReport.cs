namespace Postern.Portal.Usage;

/// <summary>How many users an installation had; customers send it where they want to, and nothing follows from not sending it.</summary>
public sealed class UsageReport
{
    public Guid Id { get; set; } = Guid.CreateVersion7();

    public Guid OrganizationId { get; set; }

    public Guid InstallId { get; set; }

    public int InternalUsers { get; set; }

    public int ExternalUsers { get; set; }

    public string Version { get; set; } = "";

    public DateTimeOffset ReportedAt { get; set; }
}
