// SPDX-License-Identifier: MIT
#include <QQmlEngineExtensionPlugin>
#include <QtPlugin>

// Both QML modules are static; their types and files would be left out by the linker otherwise.
Q_IMPORT_PLUGIN(org_lunaris_KernelMonitorPlugin)
Q_IMPORT_PLUGIN(org_lunaris_KernelMonitor_GuiPlugin)

namespace lunaris
{

/// The QML module as other programs import it. Loading it registers all there is.
class KernelMonitorPlugin : public QQmlEngineExtensionPlugin
{
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QQmlEngineExtensionInterface_iid)
};

} // namespace lunaris

#include "KernelMonitorPlugin.moc"
