<#macro registrationLayout bodyClass="" displayInfo=false displayMessage=true displayRequiredFields=false>
<!DOCTYPE html>
<html lang="${lang}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta name="robots" content="noindex">
  <title><#if message?has_content && message.type = "error">Erreur – </#if><#nested "header"> – I-Prof</title>
  <link rel="icon" href="${url.resourcesPath}/img/icone.svg" type="image/svg+xml">
  <#list properties.styles?split(" ") as style>
  <link rel="stylesheet" href="${url.resourcesPath}/${style}">
  </#list>
  <script type="importmap">{"imports": {"rfc4648": "${url.resourcesCommonPath}/vendor/rfc4648/rfc4648.js"}}</script>
  <#if scripts??><#list scripts as script>
  <script src="${script}"></script>
  </#list></#if>
  <script type="module" src="${url.resourcesPath}/js/passwordVisibility.js"></script>
  <script type="module">
    <#outputformat "JavaScript">
    import { startSessionPolling, checkAuthSession } from ${(url.resourcesPath + "/js/authChecker.js")?c};
    startSessionPolling(${url.ssoLoginInOtherTabsUrl?c});
    <#if authenticationSession??>checkAuthSession(${authenticationSession.authSessionIdHash?c});</#if>
    </#outputformat>
  </script>
</head>
<body data-page-id="login-${pageId}">
  <a class="evitement" href="#contenu">Aller au contenu</a>
  <#assign accueil = (client.baseUrl)!"">
  <header class="entete">
    <p class="mention">${properties.mention}</p>
    <div class="page">
      <#if accueil?has_content><a class="marque" href="${accueil}"><@marque/></a><#else><span class="marque"><@marque/></span></#if>
    </div>
  </header>
  <main id="contenu" tabindex="-1">
    <div class="page etroite">
      <div class="titre">
        <h1 id="kc-page-title"><#nested "header"></h1>
        <#if pageId == "login"><p class="chapeau">${msg("chapeauConnexion")}</p></#if>
      </div>
      <div class="carte">
        <#if displayMessage && message?has_content && (message.type != "warning" || !isAppInitiatedAction??)>
        <div class="alerte alerte-${message.type}" role="alert"><p>${kcSanitize(message.summary)?no_esc}</p></div>
        </#if>
        <#if auth?has_content && auth.showUsername() && !auth.showResetCredentials()>
        <p class="qui">${auth.attemptedUsername} <a href="${url.loginRestartFlowUrl}" id="reset-login">${msg("changerDePersonne")}</a></p>
        <#nested "show-username">
        </#if>
        <#nested "form">
        <#nested "socialProviders">
        <#if displayInfo><div id="kc-info"><#nested "info"></div></#if>
      </div>
      <#if accueil?has_content && pageId?starts_with("login")><p class="retour"><a href="${accueil}">${msg("retourAccueil")}</a></p></#if>
    </div>
  </main>
  <footer class="pied"><div class="page"><p>${msg("piedConnexion")}</p></div></footer>
</body>
</html>
</#macro>

<#macro marque>
<svg viewBox="0 0 36 36" aria-hidden="true" focusable="false"><rect class="m1" width="36" height="36" rx="8"/><path class="m2" d="M9 0h2.4v36H9z"/><path class="m3" d="M18 15.5h5.5V27H18zM20.75 7.5a3 3 0 1 1 0 6 3 3 0 0 1 0-6z"/></svg>
<span><b>I-Prof</b> <span>Votre dossier, votre carrière</span></span>
</#macro>
