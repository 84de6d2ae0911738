// The console's script: Turbo for fluid navigation, and small elements that improve what works without them.
import * as Turbo from '@hotwired/turbo';

Turbo.config.drive.progressBarDelay = 250;
