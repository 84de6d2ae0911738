using Microsoft.EntityFrameworkCore;
using Postern.Invitations.Accepting;
using Postern.Invitations.Ledger;
using Postern.Invitations.Mailing;
using Postern.Storage;

namespace Postern.Invitations;

/// <summary>Tables beside the invitations themselves.</summary>
sealed class Tables : ITables
{
    public void Configure(ModelBuilder model)
    {
        model.Entity<InvitationEntry>().ToTable("invitation_entry").HasKey(e => e.Id);
        model.Entity<InvitationMailing>().ToTable("invitation_mail").HasKey(m => m.MailPk);
        model.Entity<Approval>().ToTable("invitation_approval").HasKey(a => a.UserPk);
    }
}
